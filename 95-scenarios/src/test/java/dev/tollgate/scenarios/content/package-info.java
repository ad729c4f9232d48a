// SPDX-License-Identifier: Apache-2.0
/// What is in the texts of records: secrets, one-time codes, orders to a model.
@NullMarked
package dev.tollgate.scenarios.content;

import org.jspecify.annotations.NullMarked;
