// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

/// What the other records of an account take from it.
///
/// @param contacts numbers of its contacts are `first` to `first + contacts - 1`
record DemoAccount(
        String id,
        String name,
        String domain,
        String owner,
        String tenant,
        String region,
        String country,
        String city,
        String territory,
        String currency,
        int first,
        int contacts) {}
