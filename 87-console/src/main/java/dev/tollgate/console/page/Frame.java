// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.page;

import dev.tollgate.console.person.Person;
import java.util.List;
import java.util.Optional;

/// What stands around a page.
///
/// @param title  of the window
/// @param person who is signed in; nobody on the way in
/// @param token  what every form of this session carries
/// @param links  the navigation
/// @param policy the short digest of the policy in force
public record Frame(String title, Optional<Person> person, String token, List<Link> links, String policy) {
    /// One word of the navigation.
    ///
    /// @param path    below `/console/`
    /// @param current whether the page is open
    /// @param waiting how many things wait there
    public record Link(String path, String title, boolean current, long waiting) {}

    public Frame {
        links = List.copyOf(links);
    }
}
