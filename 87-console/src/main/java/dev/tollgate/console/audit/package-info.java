// SPDX-License-Identifier: Apache-2.0
/// The auditors' page: who saw a customer, what an agent did for a person, and one call as its way through the log.
@NullMarked
package dev.tollgate.console.audit;

import org.jspecify.annotations.NullMarked;
