// SPDX-License-Identifier: Apache-2.0
/// Whether `make requirements` tells the truth: only ids that exist, only tests that ran and passed.
@NullMarked
package dev.tollgate.scenarios.requirements;

import org.jspecify.annotations.NullMarked;
