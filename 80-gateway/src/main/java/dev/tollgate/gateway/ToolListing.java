// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway;

import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;

/// One tool as a principal sees it: its schema names only fields that the principal may see in some view.
///
/// @param input      JSON Schema 2020-12 of the arguments
/// @param output     JSON Schema 2020-12 of the structured answer
/// @param readOnly   the tool changes nothing
/// @param idempotent calling it twice does no more than once
public record ToolListing(
        ToolName name,
        String title,
        String description,
        Value.Fields input,
        Value.Fields output,
        boolean readOnly,
        boolean idempotent) {}
