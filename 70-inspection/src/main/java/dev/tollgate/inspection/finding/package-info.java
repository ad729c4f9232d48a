// SPDX-License-Identifier: Apache-2.0
/// What a finding is: a kind and a place, never the text itself.
@NullMarked
package dev.tollgate.inspection.finding;

import org.jspecify.annotations.NullMarked;
