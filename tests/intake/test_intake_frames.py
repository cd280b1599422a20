"""The file around the documents: encodings, several roots in one file, and what is refused for safety."""

from __future__ import annotations

import pytest
from intake_samples import SOAP, codes, finvoice, read_one


@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1", "ISO-8859-15", "windows-1252"])
def test_the_declared_encoding_is_honoured(encoding: str) -> None:
    reading = read_one(finvoice(encoding=encoding))
    assert reading.documents[0].seller.name == "Metsäpolku Konsultointi Oy"
    assert codes(reading) == []


def test_marks_at_the_beginning_are_no_hindrance() -> None:
    assert read_one(b"\xef\xbb\xbf" + finvoice()).documents[0].seller.name.startswith("Metsäpolku")
    wide = finvoice().decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert read_one(wide).documents[0].seller.name.startswith("Metsäpolku")
    assert len(read_one(b"\r\n \n" + finvoice()).documents) == 1


@pytest.mark.parametrize(
    ("declared", "used", "told"),
    [
        ("UTF-8", "iso-8859-1", "Windows-1252"),
        ("UTF-8", "windows-1252", "Windows-1252"),
        ("ISO-8859-15", "utf-8", "UTF-8"),
        ("ISO-8859-1", "utf-8", "UTF-8"),
        ("EBCDIC-FI", "utf-8", "UTF-8"),
        ("punycode", "iso-8859-1", "Windows-1252"),
    ],
)
def test_a_wrong_encoding_is_read_right_and_told(declared: str, used: str, told: str) -> None:
    content = finvoice().decode().replace("UTF-8", declared).encode(used)
    reading = read_one(content)
    assert reading.documents[0].seller.name == "Metsäpolku Konsultointi Oy"
    (fault,) = reading.faults
    assert (fault.code, fault.found, fault.expected, fault.warning) == ("intake.encoding", declared, told, True)


def test_the_euro_sign_of_windows_is_read_in_a_file_that_says_latin() -> None:
    content = finvoice(encoding="windows-1252", details="<InvoiceFreeText>5 €</InvoiceFreeText>")
    content = content.replace(b"windows-1252", b"ISO-8859-1")
    assert read_one(content).documents[0].note == "5 €"


def test_documents_of_one_file_may_differ_in_encoding() -> None:
    content = finvoice("1") + finvoice("2", encoding="ISO-8859-15") + SOAP.format(to="A", body="").encode()
    reading = read_one(content + finvoice("3", encoding="ISO-8859-1"))
    assert [i.number for i in reading.documents] == ["1", "2", "3"]
    assert {i.seller.name for i in reading.documents} == {"Metsäpolku Konsultointi Oy"}
    assert codes(reading) == []


def test_documents_without_declarations_follow_each_other() -> None:
    bare = finvoice("1").partition(b"?>")[2]
    reading = read_one(bare + bare.replace(b">1<", b">2<") + b"\n<?xml-stylesheet href='x'?>" + finvoice("3"))
    assert [i.number for i in reading.documents] == ["1", "2", "3"]


def test_a_document_that_breaks_off_does_not_take_the_next_with_it() -> None:
    cut = finvoice("1")[:-40]
    reading = read_one(cut + finvoice("2"))
    assert [i.number for i in reading.documents] == ["2"]
    assert codes(reading) == ["intake.xml_broken"]
    undeclared = read_one(cut + finvoice("2").partition(b"?>")[2])
    assert [i.number for i in undeclared.documents] == ["2"]


def test_names_of_roots_in_comments_and_cdata_do_not_cut() -> None:
    details = "<!-- <Finvoice> <?xml --><InvoiceFreeText><![CDATA[<Finvoice></Finvoice>]]></InvoiceFreeText>"
    assert read_one(finvoice(details=details)).documents[0].note == "<Finvoice></Finvoice>"


def doctyped(doctype: str, details: str = "") -> bytes:
    return finvoice(details=details).replace(b"<Finvoice ", doctype.encode() + b"\n<Finvoice ", 1)


def test_a_doctype_is_read_without_loading_it() -> None:
    for doctype in (
        '<!DOCTYPE Finvoice SYSTEM "http://127.0.0.1:9/Finvoice.dtd">',
        '<!DOCTYPE Finvoice SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE Finvoice PUBLIC "-//X//Y" "Finvoice.dtd" [ <!ELEMENT x (y)> ]>',
    ):
        reading = read_one(doctyped(doctype))
        assert (len(reading.documents), codes(reading)) == (1, [])


@pytest.mark.parametrize(
    ("doctype", "details"),
    [
        ('<!DOCTYPE Finvoice [ <!ENTITY x "y"> ]>', ""),
        ('<!DOCTYPE Finvoice [ <!ENTITY x SYSTEM "file:///etc/passwd"> ]>', "<InvoiceFreeText>&x;</InvoiceFreeText>"),
        ('<!DOCTYPE Finvoice [ <!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p; ]>', ""),
        (
            '<!DOCTYPE Finvoice [ <!ENTITY a "aaaa"> <!ENTITY b "&a;&a;&a;&a;"> <!ENTITY c "&b;&b;&b;&b;"> ]>',
            "<InvoiceFreeText>&c;</InvoiceFreeText>",
        ),
        ('<!DOCTYPE Finvoice SYSTEM "x.dtd">', "<InvoiceFreeText>A&outside;B</InvoiceFreeText>"),
    ],
)
def test_entities_are_refused(doctype: str, details: str) -> None:
    reading = read_one(doctyped(doctype, details))
    assert (reading.documents, codes(reading)) == ((), ["intake.xml_entity"])


def test_absurd_depth_is_refused() -> None:
    deep = "<a>" * 100 + "</a>" * 100
    assert codes(read_one(finvoice(root=deep))) == ["intake.xml_deep"]
    deeper = "<a>" * 5000 + "</a>" * 5000
    assert codes(read_one(finvoice(root=deeper))) == ["intake.xml_broken"]


def test_other_xml_is_named() -> None:
    reading = read_one(b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"><ID>1</ID></Invoice>')
    assert [(f.code, f.found) for f in reading.faults] == [("intake.xml_other", "Invoice")]
    assert codes(read_one(SOAP.format(to="A", body="").encode())) == ["intake.no_invoice"]


def test_an_unknown_version_is_told() -> None:
    reading = read_one(finvoice(version="4.0"))
    assert (len(reading.documents), codes(reading)) == (1, ["intake.version"])
