// SPDX-License-Identifier: Apache-2.0
/// A client, a server and a bare relay for the benchmark of the egress proxy.
@NullMarked
package dev.tollgate.benchmarks.egress;

import org.jspecify.annotations.NullMarked;
