//! Archives: their members are read like the files of a folder.

use std::io::Write as _;

use proptest::prelude::*;
use rawzip::{CompressionMethod, ZipArchiveWriter};
use xxhash_rust::xxh3::xxh3_64;

use crate::config::Format;
use crate::error::ErrorKind;

use super::super::streams::tests::{bzip2, gzip, lzma_file, xz};
use super::super::zstd::tests::zstd;
use super::*;

const ARTICLE: &str = "Storm nears\n20240229\nhttps://www.daily.example/a/1\nIt rains.\n";
const JSON: &str = "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n";

fn patient() -> InputConfig {
    InputConfig { keep_going: true, ..InputConfig::default() }
}

fn strict() -> InputConfig {
    InputConfig { strict: true, ..InputConfig::default() }
}

/// A tar archive of these members.
fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        archive.append_data(&mut header, name, *bytes).unwrap();
    }
    archive.into_inner().unwrap()
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn stored(bytes: &[u8]) -> Vec<u8> {
    bytes.to_owned()
}

type Packed = fn(&[u8]) -> Vec<u8>;

/// A zip archive of these members, each packed by a method.
fn zip_of(members: &[(&str, &[u8], CompressionMethod, Packed)], encrypted: bool) -> Vec<u8> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for (name, bytes, method, packed) in members {
        let file = archive.new_file(*name).compression_method(*method).encrypted(encrypted);
        let (mut entry, config) = file.start().unwrap();
        // The checksum is of the plain bytes; what is written are the packed ones.
        let mut checked = config.wrap(std::io::sink());
        checked.write_all(bytes).unwrap();
        let (_, descriptor) = checked.finish().unwrap();
        entry.write_all(&packed(bytes)).unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap()
}

/// A zip archive of these members, deflated.
fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let members: Vec<_> = members
        .iter()
        .map(|&(name, bytes)| (name, bytes, CompressionMethod::DEFLATE, deflate as Packed))
        .collect();
    zip_of(&members, false)
}

/// The names of the files, behind that of the folder they are in.
fn names(corpus: &Corpus) -> Vec<&str> {
    corpus.files().iter().map(|file| behind_the_folder(&file.path)).collect()
}

fn skips(corpus: &Corpus) -> Vec<(&str, &str)> {
    let skips = corpus.skipped().iter();
    skips.map(|skip| (behind_the_folder(&skip.path), skip.reason.as_str())).collect()
}

fn behind_the_folder(path: &str) -> &str {
    let archive = path.split("!/").next().unwrap();
    let folder = archive.rfind('/').map_or(0, |slash| slash + 1);
    path.split_at(folder).1
}

#[test]
fn members_are_read_each_in_its_format_with_its_place_and_digest() {
    let members = [
        ("b/news.jsonl", JSON.as_bytes()),
        ("a.txt", ARTICLE.as_bytes()),
        ("c/d/e.csv", b"text\nThree.\n"),
    ];
    for (name, bytes, order) in
        [("x.tar", tar(&members), [0, 1, 2]), ("x.zip", zip(&members), [1, 0, 2])]
    {
        let corpus = read_plainly(name, &bytes);
        let expected: Vec<_> = order.map(|index| format!("{name}!/{}", members[index].0)).into();
        assert_eq!(names(&corpus), expected);
        for (file, index) in corpus.files().iter().zip(order) {
            let bytes = members[index].1;
            assert_eq!((file.bytes, file.xxh3), (bytes.len() as u64, xxh3_64(bytes)));
        }
        let mut formats: Vec<_> = corpus.files().iter().map(|file| file.format).collect();
        formats.sort_unstable();
        assert_eq!(formats, ["article", "csv", "jsonl"]);
        let mut found = texts(&corpus);
        found.sort_unstable();
        assert_eq!(found, ["One.", ARTICLE, "Three.", "Two."]);
        let last = corpus.documents().len() - 1;
        assert_eq!(lines(&corpus)[last], 2);
        assert_eq!(metadata(&corpus, last).source.as_deref(), Some("c"));
    }
}

#[test]
fn a_tar_archive_is_opened_under_every_name_and_compression() {
    let archive = tar(&[("a.txt", b"Text.")]);
    for (name, bytes) in [
        ("x.tar", archive.clone()),
        ("x.tgz", gzip(&archive)),
        ("x.tar.gz", gzip(&archive)),
        ("x.tar.zst", zstd(&archive)),
        ("x.tbz2", bzip2(&archive)),
        ("x.TAR.XZ", xz(&archive)),
        ("x.tar.lzma", lzma_file(&archive)),
        ("unnamed", archive.clone()),
        ("dump.txt", gzip(&archive)),
    ] {
        let corpus = read_plainly(name, &bytes);
        assert_eq!(names(&corpus), [format!("{name}!/a.txt")]);
        assert_eq!(texts(&corpus), ["Text."]);
    }
    let corpus = read_stdin(&gzip(&archive), &InputConfig::default()).unwrap();
    assert_eq!(names(&corpus), ["-!/a.txt"]);
}

#[test]
fn a_zip_archive_is_opened_from_a_pipe_and_whatever_its_members_are_packed_by() {
    let members: [(&str, &[u8], CompressionMethod, Packed); 5] = [
        ("a.txt", b"A.", CompressionMethod::STORE, stored),
        ("b.txt", b"B.", CompressionMethod::DEFLATE, deflate),
        ("c.txt", b"C.", CompressionMethod::BZIP2, bzip2),
        ("d.txt", b"D.", CompressionMethod::ZSTD, zstd),
        ("e.txt", b"E.", CompressionMethod::XZ, xz),
    ];
    let archive = zip_of(&members, false);
    for corpus in [
        read_plainly("x.zip", &archive),
        read_plainly("unnamed", &archive),
        read_plainly("x.zip.gz", gzip(&archive)),
        read_plainly("x.zip", [b"stub", &archive[..]].concat()),
        read_stdin(&archive, &InputConfig::default()).unwrap(),
    ] {
        assert_eq!(texts(&corpus), ["A.", "B.", "C.", "D.", "E."]);
    }
    let implode = [("a.txt", &b"A."[..], CompressionMethod::IMPLODED, stored as Packed)];
    let corpus = read_plainly("x.zip", zip_of(&implode, false));
    assert_eq!(skips(&corpus), [("x.zip!/a.txt", "a member packed by IMPLODED, not read")]);
}

#[test]
fn compressed_members_and_archives_in_archives_are_opened_and_a_third_level_is_not() {
    let inner = zip(&[("a.lines.gz", &gzip(b"one\ntwo\n"))]);
    let middle = tar(&[("in.zip", &inner), ("b.txt", b"Text.")]);
    let corpus = read_plainly("x.tar", &middle);
    assert_eq!(names(&corpus), ["x.tar!/in.zip!/a.lines.gz", "x.tar!/b.txt"]);
    assert_eq!(texts(&corpus), ["one", "two", "Text."]);
    let outer = zip(&[("mid.tar.gz", &gzip(&middle)), ("z.txt", b"Last.")]);
    let corpus = read_plainly("x.zip", &outer);
    assert_eq!(texts(&corpus), ["Text.", "Last."]);
    let reason = "an archive in an archive in an archive, not read";
    assert_eq!(skips(&corpus), [("x.zip!/mid.tar.gz!/in.zip", reason)]);
    let error = read_file("x.zip", &outer, &strict()).unwrap_err().to_string();
    assert!(
        error.contains("in.zip: expected a member that can be read, found an archive"),
        "{error}"
    );
}

#[test]
fn hidden_members_are_left_out_and_binary_and_encrypted_ones_and_links_are_counted() {
    let mut archive = tar::Builder::new(Vec::new());
    let mut add = |name: &str, kind, bytes: &[u8]| {
        let mut header = tar::Header::new_ustar();
        header.set_entry_type(kind);
        header.set_size(bytes.len() as u64);
        // The crate itself refuses names with `..`.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        archive.append(&header, bytes).unwrap();
    };
    add("folder/", tar::EntryType::Directory, b"");
    add("folder/.hidden", tar::EntryType::Regular, b"Hidden.");
    add("__MACOSX/a.txt", tar::EntryType::Regular, b"Mac.");
    add("folder/link.txt", tar::EntryType::Symlink, b"");
    add("folder/b.bin", tar::EntryType::Regular, b"\x7fELF\0\0");
    add("../../c.txt", tar::EntryType::Regular, b"Text.");
    let corpus = read_plainly("x.tar", archive.into_inner().unwrap());
    assert_eq!(names(&corpus), ["x.tar!/../../c.txt"]);
    assert_eq!(
        skips(&corpus),
        [("x.tar!/folder/link.txt", "not a regular file"), ("x.tar!/folder/b.bin", "binary file")]
    );
    let secret = [("a.txt", &b"A."[..], CompressionMethod::STORE, stored as Packed)];
    let corpus = read_plainly("x.zip", zip_of(&secret, true));
    assert_eq!(skips(&corpus), [("x.zip!/a.txt", "an encrypted member, not read")]);
}

#[test]
fn long_names_of_either_kind_are_read_whole() {
    let long = format!("{}/{}.txt", "folder".repeat(40), "näme".repeat(50));
    let mut pax = tar::Builder::new(Vec::new());
    pax.append_pax_extensions([("path", long.as_bytes()), ("size", &b"5"[..])]).unwrap();
    let mut header = tar::Header::new_ustar();
    header.set_path("short").unwrap();
    header.set_size(5);
    header.set_cksum();
    pax.append(&header, &b"Text."[..]).unwrap();
    for bytes in [tar(&[(&long, b"Text.")]), pax.into_inner().unwrap()] {
        assert_eq!(names(&read_plainly("x.tar", bytes)), [format!("x.tar!/{long}")]);
    }
}

#[test]
fn archives_behind_each_other_are_one_and_garbage_behind_them_is_an_error() {
    let both = [tar(&[("a.txt", b"A.")]), tar(&[("b.txt", b"B.")])].concat();
    assert_eq!(texts(&read_plainly("x.tar", &both)), ["A.", "B."]);
    let garbage = [&both[..], &[b'x'; 512]].concat();
    let error = read_file("x.tar", &garbage, &InputConfig::default()).unwrap_err().to_string();
    assert!(error.contains("x.tar: not a tar archive, or a damaged one: what follows"), "{error}");
    assert_eq!(texts(&read_file("x.tar", &garbage, &patient()).unwrap()), ["A.", "B."]);
}

#[test]
fn what_is_no_archive_in_spite_of_its_name_is_an_error() {
    for (name, expected) in [("x.tar", "ends early"), ("x.zip", "ends early, or is no zip archive")]
    {
        let error = read_file(name, "Some text.", &InputConfig::default()).unwrap_err();
        assert!(error.to_string().contains(&format!("{name}: {expected}")), "{error}");
    }
    let corpus = read_file("letter.docx", zip(&[("word/document.xml", b"<p/>")]), &patient());
    assert_eq!(reasons(&corpus.unwrap()), [(None, "binary file")]);
}

#[test]
fn an_archive_cut_anywhere_is_an_error_with_its_name_or_a_counted_skip() {
    let members = [("a.txt", &b"First text."[..]), ("b.jsonl", JSON.as_bytes())];
    let archives =
        [("x.tar", tar(&members)), ("x.tgz", gzip(&tar(&members))), ("x.zip", zip(&members))];
    for (name, whole) in archives {
        // The second block of zeros, and what pads an archive, may be missing.
        let needed = if name == "x.tar" { 5 * 512 } else { whole.len() };
        for length in 0..needed {
            let error = read_file(name, &whole[..length], &InputConfig::default()).unwrap_err();
            assert!(error.to_string().contains(name), "{name} cut at {length}: {error}");
            assert!(error.to_string().contains("ends early"), "{name} cut at {length}: {error}");
            let corpus = read_file(name, &whole[..length], &patient()).unwrap();
            assert_eq!(corpus.skipped_total(), 1, "{name} cut at {length}");
        }
        let (all, cut) = (read_plainly(name, &whole), read_file(name, &whole[..needed], &strict()));
        assert_eq!(texts(&all), texts(&cut.unwrap()));
    }
}

#[test]
fn a_member_that_cannot_be_read_leaves_the_others_alone() {
    let cut = &gzip(JSON.as_bytes())[..20];
    let members = [("a.jsonl.gz", cut), ("b.txt", b"Text."), ("c.csv", b"x,y\n1,2\n")];
    for (name, bytes) in [("x.tar", tar(&members)), ("x.zip", zip(&members))] {
        let error = read_file(name, &bytes, &InputConfig::default()).unwrap_err().to_string();
        assert!(error.contains(&format!("{name}!/a.jsonl.gz: ends early")), "{error}");
        let corpus = read_file(name, &bytes, &patient()).unwrap();
        assert_eq!((texts(&corpus), corpus.skipped_total()), (vec!["Text."], 2));
        assert!(reasons(&corpus)[1].1.starts_with("expected a column"));
    }
}

#[test]
fn a_wrong_checksum_in_a_zip_archive_is_an_error() {
    let mut archive = zip_of(&[("a.txt", b"Text.", CompressionMethod::STORE, stored)], false);
    let place = archive.windows(5).position(|bytes| bytes == b"Text.").unwrap();
    archive[place] = b'N';
    let error = read_file("x.zip", &archive, &InputConfig::default()).unwrap_err().to_string();
    assert!(error.contains("x.zip!/a.txt: ") && error.contains("checksum"), "{error}");
}

#[test]
fn a_bomb_in_an_archive_is_refused_however_it_is_cut_up() {
    let zeros = vec![b'\n'; 20 << 20];
    let names: Vec<_> = (0..5).map(|number| format!("{number}.txt")).collect();
    let members: Vec<_> = names.iter().map(|name| (name.as_str(), &zeros[..])).collect();
    for (name, bytes) in [
        ("x.zip", zip(&members)),
        ("x.tgz", gzip(&tar(&members))),
        ("y.zip", zip(&[("x.tar", &tar(&members))])),
        ("y.tar", tar(&[("0.txt.gz", &gzip(&[&zeros[..]; 5].concat()))])),
    ] {
        let error = read_file(name, &bytes, &InputConfig::default()).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Limit { .. }), "{name}: {error}");
        let generous = InputConfig { max_ratio: 1_000_000, ..InputConfig::default() };
        assert!(read_file(name, &bytes, &generous).is_ok());
    }
}

#[test]
fn an_archive_in_a_folder_is_one_of_its_files_and_a_source_of_its_own() {
    let folder = Folder::with("a.txt", "Text.");
    folder.write("b.zip", zip(&[("in/c.txt", b"Zipped.")]));
    folder.write("daily/d.tar", tar(&[("in/e.txt", b"Tarred.")]));
    let corpus = folder.read(&InputConfig::default()).unwrap();
    assert_eq!(texts(&corpus), ["Text.", "Zipped.", "Tarred."]);
    assert_eq!(metadata(&corpus, 1).source.as_deref(), Some("b.zip"));
    assert_eq!(metadata(&corpus, 2).source.as_deref(), Some("daily"));
    let archive = folder.path("b.zip");
    let corpus = read(&[&archive, &archive], &InputConfig::default()).unwrap();
    assert_eq!(metadata(&corpus, 0).source.as_deref(), Some("in"));
    assert_eq!(corpus.documents().len(), 1);
}

#[test]
fn an_empty_archive_is_empty_and_a_told_format_holds_for_members() {
    for (name, bytes) in [("x.tar", tar(&[])), ("x.zip", zip(&[])), ("unnamed", zip(&[]))] {
        let corpus = read_plainly(name, bytes);
        assert!(corpus.files().is_empty() && corpus.skipped().is_empty(), "{name}");
    }
    let lines = InputConfig { format: Some(Format::Lines), ..InputConfig::default() };
    let corpus = read_file("x.zip", zip(&[("a.txt", b"one\ntwo\n")]), &lines).unwrap();
    assert_eq!(texts(&corpus), ["one", "two"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Any damage to an archive is an error or other text, never a panic.
    #[test]
    fn any_damage_to_an_archive_is_survived(
        is_zip in any::<bool>(),
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let members = [("a.txt", &b"First text."[..]), ("b.jsonl", JSON.as_bytes())];
        let mut archive = if is_zip { zip(&members) } else { tar(&members) };
        for (position, byte) in damage {
            let position = position.index(archive.len());
            archive[position] = byte;
        }
        let name = if is_zip { "x.zip" } else { "x.tar" };
        let corpus = read_file(name, &archive, &patient()).unwrap();
        prop_assert!(corpus.documents().len() <= 1000);
    }

    #[test]
    fn any_bytes_are_an_archive_or_a_counted_skip(bytes in proptest::collection::vec(any::<u8>(), 0..1500)) {
        for name in ["x.tar", "x.zip", "x.txz", "x.tbz", "x.tar.lzma"] {
            read_file(name, &bytes, &patient()).unwrap();
        }
    }
}
