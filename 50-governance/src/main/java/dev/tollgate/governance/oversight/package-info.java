// SPDX-License-Identifier: Apache-2.0
/// What people say of a call, as the gateway asks it on the way.
@NullMarked
package dev.tollgate.governance.oversight;

import org.jspecify.annotations.NullMarked;
