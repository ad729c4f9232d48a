// SPDX-License-Identifier: Apache-2.0
/// The scripted agent of `tollgate demo`: it talks MCP to a running gateway and shows, field by field, what it was
/// given.
@NullMarked
package dev.tollgate.cli.demo;

import org.jspecify.annotations.NullMarked;
