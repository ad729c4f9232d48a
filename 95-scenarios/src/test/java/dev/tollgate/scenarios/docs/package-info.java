// SPDX-License-Identifier: Apache-2.0
/// Whether the documents are true: what they name exists, and what they say of the way of a request is what the code
/// does.
@NullMarked
package dev.tollgate.scenarios.docs;

import org.jspecify.annotations.NullMarked;
