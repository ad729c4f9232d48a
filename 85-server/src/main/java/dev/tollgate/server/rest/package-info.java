// SPDX-License-Identifier: Apache-2.0
/// The same operations over plain HTTP: tools with an OpenAPI description, AuthZEN 1.0 decisions, and the
/// metadata that tells clients where tokens come from.
@NullMarked
package dev.tollgate.server.rest;

import org.jspecify.annotations.NullMarked;
