// SPDX-License-Identifier: Apache-2.0
/// The standing gates of the evaluator: the official corpus, the edge table, differential fuzzing against cedar-java.
@NullMarked
package dev.tollgate.cedar.gates;

import org.jspecify.annotations.NullMarked;
