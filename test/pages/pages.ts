import { probes } from '../../src/probes/index.ts';
import { mutants } from '../mutants/index.ts';
import { probesPage } from './probes.ts';

/** The pages of docs/ that are made of the code: what each probe is proven on is only known here. */
export function pages(): [name: string, text: string][] {
  const proofs = new Map(
    probes.map(({ id }) => [id, mutants.filter(({ breaks }) => id in breaks).map(({ name }) => name)]),
  );
  return [['probes.md', probesPage(probes, proofs)]];
}
