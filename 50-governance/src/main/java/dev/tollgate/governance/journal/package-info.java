// SPDX-License-Identifier: Apache-2.0
/// The change journal and its undoing: every change is written down before it is made, and can be taken
/// back where nobody has edited the record since.
@NullMarked
package dev.tollgate.governance.journal;

import org.jspecify.annotations.NullMarked;
