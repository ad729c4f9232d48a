// SPDX-License-Identifier: Apache-2.0
/// What people decided when they reviewed what agents may do, and when they look again.
@NullMarked
package dev.tollgate.governance.review;

import org.jspecify.annotations.NullMarked;
