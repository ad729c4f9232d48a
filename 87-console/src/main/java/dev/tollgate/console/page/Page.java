// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.page;

import dev.tollgate.console.person.Person;
import dev.tollgate.console.web.Visit;

/// One page of the console with everything below its path. Blocks; safe for many threads.
public interface Page {
    /// Its place below `/console/`, one word; empty for the first page.
    String path();

    /// Its word in the navigation.
    String title();

    /// Whether it is there for a person at all.
    default boolean visibleTo(Person who) {
        return true;
    }

    /// How many things wait here for a person; shown beside the title when there are any.
    default long waiting(Person who) {
        return 0;
    }

    /// Answers a visit of this path or one below it. A post comes only from a form of this person's session.
    Answer answer(Visit visit, Person who);

    /// A short text that differs whenever what the page shows a person differs; asked once a second for each open
    /// window.
    default String pulse(Person who) {
        return "";
    }
}
