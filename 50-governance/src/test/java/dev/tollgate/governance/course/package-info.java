// SPDX-License-Identifier: Apache-2.0
/// Tests of what tasks have completed.
@NullMarked
package dev.tollgate.governance.course;

import org.jspecify.annotations.NullMarked;
