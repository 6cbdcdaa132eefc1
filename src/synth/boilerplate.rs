//! Lines that stand on every page of a site, and on those of its neighbours.

/// The lines. No two of them are near-duplicates of each other.
pub(super) const LINES: [&str; 16] = [
    "Sign up here to get the best of our reporting in your inbox every morning.",
    "All rights reserved; nothing on this page may be copied without written permission.",
    "We use cookies to remember your settings and to measure how many people visit us.",
    "Click below to share this article with your friends.",
    "Subscribers can listen to every story read aloud.",
    "Advertisement: scroll down to continue.",
    "Comments are closed because they were off topic too often.",
    "Have you seen something newsworthy where you live? Tell our desk.",
    "Download the app for faster alerts about breaking events.",
    "Your browser is out of date and some parts may look broken.",
    "Follow us for pictures, puzzles and recipes all week long.",
    "Terms of service, privacy notice, imprint and contact.",
    "Already registered members log in with their password.",
    "Related stories you might enjoy are listed further down.",
    "Support independent journalism with a small monthly gift.",
    "Prices include tax but exclude delivery outside mainland areas.",
];
