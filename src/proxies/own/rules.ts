import { z } from 'zod';
import { command, containerPath, regex, relativePath } from '../kinds.ts';

/** The `own` of a proxy.yaml. */
export const ownRules = z
  .strictObject({
    places: z
      .array(
        z.strictObject({
          target: containerPath,
          when: regex.optional().meta({ description: 'What a file has in it that goes here. Default: any.' }),
          beside: z
            .record(relativePath, containerPath)
            .optional()
            .meta({ description: 'Files of this folder that such a file needs around it: where they go.' }),
          command: command.optional(),
        }),
      )
      .min(1)
      .optional()
      .meta({ description: "Where a user's configuration goes. Default: where that of the right variant goes." }),
    root: containerPath.optional().meta({
      description: 'What relative paths in a configuration are relative to. Default: the folder that it is in.',
    }),
    includes: z.array(regex).optional().meta({
      description: 'The first group is the path of another file to be read, or of a folder; it may have a *.',
    }),
    certificates: z
      .array(
        z.strictObject({
          match: regex.meta({ description: 'The first group is a path.' }),
          holds: z.enum(['certificate', 'key', 'both', 'authority', 'parameters']),
        }),
      )
      .optional()
      .meta({ description: 'Files for TLS that a configuration names: those that are missing are made.' }),
    issued: z
      .record(containerPath, z.enum(['certificate', 'key']).or(z.strictObject({ text: z.string() })))
      .optional()
      .meta({
        description: 'Where the proxy keeps a certificate that it has ordered; {host} is the name of the site.',
      }),
    issuers: z
      .array(z.string())
      .optional()
      .meta({ description: 'Hosts that it orders certificates from: they are kept out of reach.' }),
    unresolved: regex
      .optional()
      .meta({ description: 'How its log tells an upstream that has no address; the first group is its name.' }),
    missing: regex
      .optional()
      .meta({ description: 'How its log tells a file that is not there; the first group is its path.' }),
  })
  .meta({ description: "How to run a user's own configuration (--config-file)." });
