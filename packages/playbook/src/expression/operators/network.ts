import type { Json } from "../../json.ts";
import { asList } from "./coerce.ts";
import { type Operator, operator, takes } from "./operator.ts";

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

const mappedPrefix = 0xffffn;

function parseIpv4(text: string): bigint | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return null;
  const bytes = match.slice(1).map(Number);
  return bytes.some((byte) => byte > 255) ? null : bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function groupsOf(text: string): string[] | null {
  if (text === "") return [];
  const groups = text.split(":");
  const tail = parseIpv4(groups.at(-1) ?? "");
  if (tail !== null) groups.splice(-1, 1, (tail >> 16n).toString(16), (tail & 0xffffn).toString(16));
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) ? groups : null;
}

function parseIpv6(text: string): bigint | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [head, tail] = [groupsOf(halves[0] ?? ""), groupsOf(halves[1] ?? "")];
  if (!head || !tail) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  return [...head, ...Array.from({ length: missing }, () => "0"), ...tail].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

function parseAddress(text: string): Address | null {
  if (text.length > 64) return null;
  const four = parseIpv4(text);
  if (four !== null) return { bits: 32, value: four };
  const six = text.includes(":") ? parseIpv6(text.replace(/%.*$/, "")) : null;
  if (six === null) return null;
  return six >> 32n === mappedPrefix ? { bits: 32, value: six & 0xffffffffn } : { bits: 128, value: six };
}

/** Whether an IPv4 or IPv6 address lies in a network in CIDR notation; a network without a length is one address. */
function inNetwork(address: Address, network: string): boolean {
  const [base = "", length] = network.trim().split("/");
  const start = parseAddress(base);
  if (!start || start.bits !== address.bits || (length !== undefined && !/^\d{1,3}$/.test(length))) return false;
  const mapped = base.includes(":") && start.bits === 32 ? 96 : 0;
  const prefix = length === undefined ? start.bits : Number(length) - mapped;
  if (prefix < 0 || prefix > start.bits) return false;
  const shift = BigInt(start.bits - prefix);
  return start.value >> shift === address.value >> shift;
}

const addressOf = (value: Json): Address | null => (typeof value === "string" ? parseAddress(value.trim()) : null);

/** Operators on network addresses. */
export const networkOperators: readonly Operator[] = [
  operator(
    "network",
    "cidr",
    "Whether an IPv4 or IPv6 address (or one of a list) lies in a network or one of several.",
    [takes("address", "text"), takes("network", "list")],
    { logic: { cidr: ["10.1.2.3", ["10.0.0.0/8", "fd00::/8"]] }, value: true },
    ([value, networks], meter) => {
      const ranges = asList(networks).filter((each) => typeof each === "string");
      meter.charge(asList(value).length * ranges.length);
      return asList(value).some((each) => {
        const address = addressOf(each);
        return address !== null && ranges.some((range) => inNetwork(address, range));
      });
    },
  ),
  operator(
    "network",
    "is-ip",
    "Whether a text is an IPv4 or IPv6 address.",
    [takes("address", "text")],
    { logic: { "is-ip": "fe80::1" }, value: true },
    ([value]) => addressOf(value ?? null) !== null,
  ),
];
