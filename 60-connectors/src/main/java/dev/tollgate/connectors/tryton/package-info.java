// SPDX-License-Identifier: Apache-2.0
/// The door to Tryton 6.0, a real CRM and ERP: JSON-RPC over HTTP. Its wire format has traps that this package knows:
/// errors come as HTTP 200, dotted names hop to other models, a search without limit returns everything, and a text
/// compared with a relation probes the related record's name.
@NullMarked
package dev.tollgate.connectors.tryton;

import org.jspecify.annotations.NullMarked;
