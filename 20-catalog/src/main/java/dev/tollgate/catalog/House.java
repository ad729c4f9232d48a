// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import java.util.List;

/// What is the company's own, as the bundle says: what its letters may always hold, and what means nothing outside.
///
/// @param domains whose e-mail addresses are the company's, for example `acme.example`
/// @param known   telephone numbers and names that its letters carry, such as those of a signature
/// @param hosts   endings of the names of internal hosts, beside the ones that no public name has
/// @param ids     forms of the ids of records: `#` stands for a digit, `@` for a letter, for example `acc-####`
public record House(List<String> domains, List<String> known, List<String> hosts, List<String> ids) {
    /// Nothing is said.
    public static final House UNKNOWN = new House(List.of(), List.of(), List.of(), List.of());

    public House {
        domains = List.copyOf(domains);
        known = List.copyOf(known);
        hosts = List.copyOf(hosts);
        ids = List.copyOf(ids);
    }
}
