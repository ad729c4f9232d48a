// SPDX-License-Identifier: Apache-2.0
/// Tests of the decision point, on the bundle that `./tollgate up` runs and on small ones made for the purpose.
@NullMarked
package dev.tollgate.policy;

import org.jspecify.annotations.NullMarked;
