// SPDX-License-Identifier: Apache-2.0
/// Replays multi-step cases through a whole gateway, for people who tune policies: what a user asked, which tools were
/// called and what they told, and the step that is checked.
@NullMarked
package dev.tollgate.cli.scenarios;

import org.jspecify.annotations.NullMarked;
