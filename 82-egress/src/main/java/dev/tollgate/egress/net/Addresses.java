// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/// Which addresses a name may have. A name in public hands must not lead into the company's network, nor to this
/// machine, nor to where clouds hand out credentials, whatever its owner writes into DNS.
public final class Addresses {
    /// What an address is for.
    public enum Kind {
        /// Anybody's.
        PUBLIC,
        /// Of this machine or of the company: only for endpoints that say so.
        INTERNAL,
        /// Never: link-local (clouds' metadata among them), multicast, broadcast, reserved, and addresses that carry
        /// another one inside, which a router far away would unpack.
        FORBIDDEN
    }

    private record Block(InetAddress network, int bits, Kind kind) {
        boolean holds(InetAddress address) {
            byte[] of = network.getAddress();
            byte[] other = address.getAddress();
            if (of.length != other.length) {
                return false;
            }
            int whole = bits / Byte.SIZE;
            int rest = bits % Byte.SIZE;
            int mask = rest == 0 ? 0 : 0xff << (Byte.SIZE - rest) & 0xff;
            return Arrays.equals(of, 0, whole, other, 0, whole)
                    && (rest == 0 || (of[whole] & mask) == (other[whole] & mask));
        }
    }

    /// RFC 6890 and the IANA registries of special-purpose addresses. The first that holds an address decides.
    private static final List<Block> BLOCKS = List.of(
            block("100.100.100.200", 32, Kind.FORBIDDEN), // metadata of a cloud, inside a shared block
            block("fd00:ec2::254", 128, Kind.FORBIDDEN), // metadata of a cloud, inside a private block
            block("10.0.0.0", 8, Kind.INTERNAL),
            block("100.64.0.0", 10, Kind.INTERNAL),
            block("127.0.0.0", 8, Kind.INTERNAL),
            block("172.16.0.0", 12, Kind.INTERNAL),
            block("192.168.0.0", 16, Kind.INTERNAL),
            block("0.0.0.0", 8, Kind.FORBIDDEN),
            block("169.254.0.0", 16, Kind.FORBIDDEN),
            block("192.0.0.0", 24, Kind.FORBIDDEN),
            block("192.0.2.0", 24, Kind.FORBIDDEN),
            block("192.88.99.0", 24, Kind.FORBIDDEN),
            block("198.18.0.0", 15, Kind.FORBIDDEN),
            block("198.51.100.0", 24, Kind.FORBIDDEN),
            block("203.0.113.0", 24, Kind.FORBIDDEN),
            block("224.0.0.0", 3, Kind.FORBIDDEN), // multicast, reserved, broadcast
            block("::1", 128, Kind.INTERNAL),
            block("fc00::", 7, Kind.INTERNAL),
            block("2001:db8::", 32, Kind.FORBIDDEN),
            block("2001::", 23, Kind.FORBIDDEN), // Teredo, ORCHID and other protocols' own
            block("2002::", 16, Kind.FORBIDDEN), // 6to4
            block("3fff::", 20, Kind.FORBIDDEN),
            block("2000::", 3, Kind.PUBLIC)); // all that is given to anybody today (RFC 4291 §2.4)

    private Addresses() {}

    /// What an address is for. Java gives an IPv4 address that is wrapped in an IPv6 one as what it is.
    public static Kind kind(InetAddress address) {
        return BLOCKS.stream()
                .filter(block -> block.holds(address))
                .findFirst()
                .map(Block::kind)
                .orElse(address instanceof Inet4Address ? Kind.PUBLIC : Kind.FORBIDDEN);
    }

    /// Whether an endpoint's name may have all of these addresses. One that it may not have refuses them all: whoever
    /// put it there would only wait until it is the one that is tried.
    public static boolean may(List<InetAddress> all, boolean internal) {
        return !all.isEmpty()
                && all.stream().map(Addresses::kind).allMatch(kind -> switch (kind) {
                    case PUBLIC -> true;
                    case INTERNAL -> internal;
                    case FORBIDDEN -> false;
                });
    }

    private static Block block(String network, int bits, Kind kind) {
        return new Block(InetAddress.ofLiteral(network), bits, kind);
    }
}
