/** A text as a regular expression that matches it and nothing else. */
export const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What a glob stands for, in which `*` stands for anything and nothing else for more than itself. */
export const globPattern = (glob: string): RegExp => new RegExp(`^${glob.split('*').map(literally).join('.*')}$`);
