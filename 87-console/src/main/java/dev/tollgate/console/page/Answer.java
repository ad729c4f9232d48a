// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.page;

import dev.tollgate.terms.Require;
import java.net.URI;

/// What a page answers. Closed.
public sealed interface Answer {
    /// A page in its frame.
    ///
    /// @param status   HTTP status
    /// @param title    of the window
    /// @param template name of the template, without its ending
    /// @param page     what the template takes as `page`
    record Whole(int status, String title, String template, Object page) implements Answer {}

    /// A part of a page that is open already, without the frame.
    record Part(String template, Object page) implements Answer {}

    /// A file to keep.
    ///
    /// @param name what the browser calls it: letters, digits, `-` and `.`
    /// @param type media type of the text
    record Kept(String name, String type, String text) implements Answer {
        public Kept {
            Require.require(name.matches("[A-Za-z0-9.-]{1,100}"), "a file's name has letters, digits, `-` and `.`");
        }
    }

    /// Go and look there.
    ///
    /// @param path below `/console/`
    record Moved(String path) implements Answer {}

    /// Leave the console, for the place where people sign in.
    record Away(URI to) implements Answer {}

    /// A page that says one thing, for example why something cannot be done.
    ///
    /// @param heading what happened
    /// @param words   why, and what to do next
    /// @param next    path below `/console/` of where to go on
    record Said(int status, String heading, String words, String next) implements Answer {}
}
