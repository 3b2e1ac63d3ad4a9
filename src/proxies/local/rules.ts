import { z } from 'zod';
import { command, env, regex } from '../kinds.ts';

/** The `local` of a proxy.yaml. */
export const localRules = z
  .strictObject({
    command: command.meta({
      description:
        'It stays in the foreground. {dir} is a folder with the files of the variant, each at its path in the container; {port:NAME} is a free port.',
    }),
    also: z.array(z.string()).optional().meta({ description: 'Other names that the program goes by.' }),
    rewrite: z
      .array(z.strictObject({ match: regex, with: z.string() }))
      .optional()
      .meta({
        description:
          'What is written otherwise in a copy of the configuration: $1 is a group of the match. The ports of "listen", the paths of the files and the origin are seen to.',
      }),
    env: env.optional(),
    reload: command.optional().meta({ description: '{pid} is its process.' }),
    terminate: z.enum(['SIGTERM', 'SIGQUIT', 'SIGINT', 'SIGUSR1', 'SIGWINCH']).optional().meta({
      description: 'The signal for an orderly end. Default: SIGTERM.',
    }),
  })
  .meta({ description: 'How to run it without a container (--runtime local).' });
