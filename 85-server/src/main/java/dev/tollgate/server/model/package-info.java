// SPDX-License-Identifier: Apache-2.0
/// The doors for models, in the words of OpenAI and of Anthropic. No rule lives here.
@NullMarked
package dev.tollgate.server.model;

import org.jspecify.annotations.NullMarked;
