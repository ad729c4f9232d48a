// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    private static List<InetAddress> all(String... addresses) {
        return Arrays.stream(addresses).map(InetAddress::ofLiteral).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "1.1.1.1", "100.63.255.255", "172.32.0.1", "2606:4700::1111", "2a00:1450::1"})
    void addresses_of_anybody_are_for_everybody(String address) {
        assertThat(Addresses.may(all(address), false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "10.255.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "100.64.0.1",
                "::1",
                "fc00::1",
                "fd12::1",
                "::ffff:10.0.0.1"
            })
    void addresses_inside_are_for_endpoints_that_say_so(String address) {
        assertThat(Addresses.may(all(address), false)).isFalse();
        assertThat(Addresses.may(all(address), true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "169.254.169.254",
                "169.254.0.1",
                "100.100.100.200",
                "192.0.0.192",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "fe80::1",
                "ff02::1",
                "fec0::1",
                "fd00:ec2::254",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::",
                "2001:0:1::1",
                "::127.0.0.1",
                "::ffff:169.254.169.254"
            })
    void other_addresses_are_for_nobody(String address) {
        assertThat(Addresses.may(all(address), true)).isFalse();
    }

    @Test
    void one_address_too_many_refuses_them_all() {
        assertThat(Addresses.may(all("8.8.8.8", "10.0.0.1"), false)).isFalse();
        assertThat(Addresses.may(all("10.0.0.1", "169.254.169.254"), true)).isFalse();
        assertThat(Addresses.may(List.of(), true)).isFalse();
    }
}
