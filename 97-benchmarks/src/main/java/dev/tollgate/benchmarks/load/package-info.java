// SPDX-License-Identifier: Apache-2.0
/// A closed-loop HTTP load driver: as many connections as asked, one request under way on each, every latency kept.
@NullMarked
package dev.tollgate.benchmarks.load;

import org.jspecify.annotations.NullMarked;
