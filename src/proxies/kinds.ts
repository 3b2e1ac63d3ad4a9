import { z } from 'zod';
import { isRange } from './versions.ts';

// Kinds of values that a proxy.yaml has.

export const name = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'a name of lower-case letters, digits and hyphens');
export const port = z.int().min(1).max(65535);
export const containerPath = z.string().regex(/^\/./, 'an absolute path in the container');
export const relativePath = z.string().regex(/^[^/]/, 'a path relative to this folder');
export const transport = z.enum(['ws', 'wss', 'h2']);
export const command = z.array(z.string()).min(1).meta({ description: 'A program and its arguments.' });
export const env = z.record(z.string(), z.string());
export const range = z
  .string()
  .refine(isRange, 'a version range such as "<1.29.7" or ">=2.4 <3"')
  .meta({ description: 'Versions: <, <=, >=, > or = and a number; a space means "and".' });
export const regex = z.string().refine((text) => {
  try {
    return new RegExp(text).source !== '';
  } catch {
    return false;
  }
}, 'a regular expression');
