import dropsUpgrade from '../../mutants/drops-upgrade.ts';

export default dropsUpgrade.proxy;
