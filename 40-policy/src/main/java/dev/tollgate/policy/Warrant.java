// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

/// How a call stands to what the person asked for in their own words. Found out by the gateway from the token's words,
/// the contract's effect and what the task was told; never said by the agent.
///
/// @param effect      what the tool does, for example `send`
/// @param asked       the words ask for that
/// @param answers     the words ask to answer somebody
/// @param destination who named where it goes: `user`, `trusted`, `unknown`, `third-party` or `ordered`
/// @param values      who named what it sets, in the same words
/// @param content     who named the addresses in its texts, in the same words
/// @param sensitive   it repeats a value that may not leave freely
public record Warrant(
        String effect,
        boolean asked,
        boolean answers,
        String destination,
        String values,
        String content,
        boolean sensitive) {}
