// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import dev.tollgate.terms.SystemId;
import java.util.List;
import java.util.Optional;

/// Where a tool sends, and to whom. Part of the contract, so that no call chooses where it ends.
///
/// @param destination name of a destination of the bundle
/// @param recipients  fields that name who receives it; empty for a sink with one receiver, such as a webhook
/// @param onFile      where the addresses of those who may be written to are on file; nothing means that
///                    nobody is
/// @param sharing     what a partner is sent of a record, when the tool is for that
/// @param replies     the record that is answered, when the tool is for that; its own person is the recipient
/// @param attach      what may be enclosed, when the tool encloses documents
/// @param lines       fields that take more than one line; every other text is one line, so that none
///                    becomes a header
/// @param confidence  field in which the agent says how sure it is of the message, from 0 to 1, when the tool asks
/// @param effect      what that does to the world; a message tells somebody something
public record Outlet(
        String destination,
        List<String> recipients,
        Optional<OnFile> onFile,
        Optional<Sharing> sharing,
        Optional<Replies> replies,
        Optional<Attach> attach,
        List<String> lines,
        Optional<String> confidence,
        Effect effect) {
    /// Recipients of one message; more is a campaign.
    public static final int RECIPIENTS_MAX = 10;

    public Outlet {
        recipients = List.copyOf(recipients);
        lines = List.copyOf(lines);
    }

    /// A document that a message encloses: the agent names it, the gateway puts in what it holds.
    ///
    /// @param id      accepted field that names the document
    /// @param content field that the gateway fills with its text
    public record Attach(String id, String content) {}

    /// An answer to whoever asked: the agent names the record that was asked on and says what, the gateway finds out
    /// who
    /// receives it. Nobody else can.
    ///
    /// @param object  an object of the same contract: what is answered, for example a support case
    /// @param record  accepted field that names the record
    /// @param asker   its field that refers to the person who asked, a record of those on file
    /// @param person  field that the gateway fills with that person
    /// @param address field that the gateway fills with the address on file
    public record Replies(String object, String record, String asker, String person, String address) {}

    /// Where addresses are on file.
    ///
    /// @param system  a connected system
    /// @param object  an object of its contract; `object:ID` names a recipient by its record
    /// @param address its field with the address, a text that calls may filter by
    public record OnFile(SystemId system, String object, String address) {
        /// What stands before the id of a record that names a recipient.
        public String prefix() {
            return object + ":";
        }
    }
}
