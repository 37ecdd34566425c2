import { BlockList, isIP } from 'node:net';

/** Networks that no public server is in (IANA special-purpose registry), and the one of a cloud's own services. */
const NOT_PUBLIC_4 = blockList('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]);

/** Of IPv6 only this is given out to public servers … */
const GLOBAL_6 = blockList('ipv6', [['2000::', 3]]);

/** … but for tunnels, which may lead to any IPv4 address, and examples. */
const NOT_PUBLIC_6 = blockList('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]);

const MAPPED = blockList('ipv6', [['::ffff:0:0', 96]]);

/** True for the address of a server on the public internet. An IPv4 address in IPv6 notation counts as what it is. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !NOT_PUBLIC_4.check(address, 'ipv4');
  if (isIP(address) !== 6 || address.includes('%')) return false;
  if (MAPPED.check(address, 'ipv6')) return isPublicAddress(mappedAddress(address));
  return GLOBAL_6.check(address, 'ipv6') && !NOT_PUBLIC_6.check(address, 'ipv6');
}

function blockList(family: 'ipv4' | 'ipv6', networks: [string, number][]): BlockList {
  const list = new BlockList();
  for (const [network, bits] of networks) list.addSubnet(network, bits, family);
  return list;
}

/** "::ffff:127.0.0.1" and "::ffff:7f00:1" are 127.0.0.1. */
function mappedAddress(address: string): string {
  const [high, low] = new URL(`http://[${address}]`).hostname.slice(1, -1).split(':').slice(-2) as [
    string,
    string,
  ];
  return [high, low].flatMap(part => [parseInt(part, 16) >> 8, parseInt(part, 16) & 255]).join('.');
}
