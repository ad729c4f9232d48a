// SPDX-License-Identifier: Apache-2.0
/// What a change is, in the form that is approved, journalled and shown: its canonical digest, its stored
/// text, and its differences made visible for people.
@NullMarked
package dev.tollgate.governance.change;

import org.jspecify.annotations.NullMarked;
