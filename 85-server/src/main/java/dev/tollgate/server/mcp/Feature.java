// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.gateway.Credentials;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import java.util.List;
import java.util.Optional;

/// What is offered over MCP. The product offers tools only; more exists for the conformance fixtures. Safe for
/// many threads; calls block, on virtual threads.
public interface Feature {
    /// The tools of a principal, sorted by name.
    Step<List<Tool>> tools(Credentials who);

    /// Calls a tool.
    Outcome call(Call call);

    /// The input schema of a tool that mirrors arguments into headers (`x-mcp-header`), so that the door can
    /// hold header and body against each other. Nothing for any other tool.
    default Optional<Value.Fields> mirrored(String tool) {
        return Optional.empty();
    }

    /// Prompts, resources, completions and log messages, when there are any.
    default Optional<Extras> extras() {
        return Optional.empty();
    }

    /// What a server can offer beside tools.
    interface Extras {
        /// All prompts, each a `Prompt` object, sorted by name.
        List<Value.Fields> prompts();

        /// Fills a prompt.
        Outcome prompt(Call call);

        /// All resources, each a `Resource` object, sorted by URI.
        List<Value.Fields> resources();

        /// All templates, each a `ResourceTemplate` object, sorted by pattern.
        List<Value.Fields> templates();

        /// Reads the resource whose URI is the call's name.
        Outcome read(Call call);

        /// Completes an argument; `arguments` are the parameters of the request.
        Outcome complete(Call call);
    }
}
