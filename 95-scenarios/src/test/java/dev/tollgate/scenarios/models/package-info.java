// SPDX-License-Identifier: Apache-2.0
/// Models behind the gate, with providers that tests write.
@NullMarked
package dev.tollgate.scenarios.models;

import org.jspecify.annotations.NullMarked;
