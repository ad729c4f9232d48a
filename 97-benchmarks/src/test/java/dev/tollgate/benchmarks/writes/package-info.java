// SPDX-License-Identifier: Apache-2.0
/// What benchmarks of changes share: deployments in this process, agents that write, and rounds.
@NullMarked
package dev.tollgate.benchmarks.writes;

import org.jspecify.annotations.NullMarked;
