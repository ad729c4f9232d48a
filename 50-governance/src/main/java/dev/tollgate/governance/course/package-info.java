// SPDX-License-Identifier: Apache-2.0
/// Where tasks stand in the steps of their workflows: what was fulfilled in a task, for whom and about whom, and until
/// when that counts.
@NullMarked
package dev.tollgate.governance.course;

import org.jspecify.annotations.NullMarked;
