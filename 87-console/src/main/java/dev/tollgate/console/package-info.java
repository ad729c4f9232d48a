// SPDX-License-Identifier: Apache-2.0
/// The web console: pages on which people decide and look, rendered here and served beside the other doors.
/// Every request is somebody's whom the active bundle knows; no rule about approvals lives here.
///
/// To add a page: a class that implements `page.Page` in a package of its own (its `path` is the place below
/// `/console/`, its `title` the word in the navigation), a public record of what it shows, a template
/// `src/main/jte/NAME.jte` that calls `@template.layout(frame = frame, content = ...)` and takes the record as
/// `page`, and one line in `Console.pages`. What a page needs beyond 50-governance and 75-audit comes in through
/// an interface that 90-app implements. A POST reaches `answer` only with the session's form token, which every
/// form carries: `<input type="hidden" name="token" value="${frame.token()}">`. A part with
/// `hx-get` and `hx-trigger="tollgate:changed from:body"` is fetched anew whenever some page's `pulse` changes.
/// Styles are in `resources/console/console.css`; the policy of content forbids inline script and style.
@NullMarked
package dev.tollgate.console;

import org.jspecify.annotations.NullMarked;
