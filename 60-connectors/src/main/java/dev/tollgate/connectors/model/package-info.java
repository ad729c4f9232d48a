// SPDX-License-Identifier: Apache-2.0
/// Providers of models, by the wire formats of OpenAI and of Anthropic: the credential goes on here, and nowhere else.
@NullMarked
package dev.tollgate.connectors.model;

import org.jspecify.annotations.NullMarked;
