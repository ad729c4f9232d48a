// SPDX-License-Identifier: Apache-2.0
/// Where each value came from and where it went: labels of what an agent was shown, remembered across sessions and
/// nodes for as long as policy says. Gives evidence; what follows from it is policy's to say.
@NullMarked
package dev.tollgate.lineage;

import org.jspecify.annotations.NullMarked;
