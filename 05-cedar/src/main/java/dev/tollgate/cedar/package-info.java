// SPDX-License-Identifier: Apache-2.0
/// An evaluator for Cedar on the JVM. Policies in the JSON of the official parser are compiled to closures (`Compiler`
/// → `PolicySet`), found by an index over action, resource type, resource and principal, and evaluated with Cedar's
/// semantics, errors included (`Answer`), or with parts of the context unknown (`PartialAnswer`, `Residual`).
/// Knows nothing of CRMs and agents, and nothing of the native library: that is in `frontend`.
@NullMarked
package dev.tollgate.cedar;

import org.jspecify.annotations.NullMarked;
