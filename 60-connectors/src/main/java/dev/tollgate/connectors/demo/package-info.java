// SPDX-License-Identifier: Apache-2.0
/// The embedded demo CRM: tables in Tollgate's own store, filled at the first start with a deterministic and believable
/// company, hostile texts and secret-bearing texts among them. It is a system like any other: reached through the
/// guard, with a decision token, and never otherwise.
@NullMarked
package dev.tollgate.connectors.demo;

import org.jspecify.annotations.NullMarked;
