// SPDX-License-Identifier: Apache-2.0
/// What auditors ask of a log that real calls wrote, and what happens to one that somebody edits.
@NullMarked
package dev.tollgate.scenarios.auditors;

import org.jspecify.annotations.NullMarked;
