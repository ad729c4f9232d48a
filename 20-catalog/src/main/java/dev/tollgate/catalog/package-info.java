// SPDX-License-Identifier: Apache-2.0
/// What can be asked and what it touches: connector contracts (objects, fields, data classes, owners, tools), the
/// catalog over all of them, and masks. Knows nothing of policy, of principals or of any wire format.
@NullMarked
package dev.tollgate.catalog;

import org.jspecify.annotations.NullMarked;
