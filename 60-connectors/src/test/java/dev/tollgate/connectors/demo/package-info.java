// SPDX-License-Identifier: Apache-2.0
/// The contract kit against the demo CRM, and its data set.
@NullMarked
package dev.tollgate.connectors.demo;

import org.jspecify.annotations.NullMarked;
