// SPDX-License-Identifier: Apache-2.0
/// The contract kit against a real Tryton, and a Tryton for the tests of other rooms.
@NullMarked
package dev.tollgate.connectors.tryton;

import org.jspecify.annotations.NullMarked;
