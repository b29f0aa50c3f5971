//! Codes of items in the systems of the field, and their parts.
//!
//! Must not know how a text is taken for one of them (that is `normalise::codes`) nor what the parts stand for in words.

/// A code in one of the systems of the field; what belongs to none of them is kept as it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// Basic code (基本编码), 12 characters, GB/T 39554.1-2020.
    National12(String),
    /// Implementation code (实施编码), 31 characters: body 18 + level 1 + basic 12.
    Implementation(String),
    /// Handling code (业务办理项编码), 33 characters: implementation code + 2.
    Handling(String),
    /// Material code of Guangxi, 34 or 36 characters: the code of its item + 3.
    Material(String),
    /// Sichuan: `HEAD-division-000-body-N-00`; the head is the code.
    Sichuan {
        /// The item's own code, 12 or 14 characters.
        head: String,
        /// The division, 12 digits; empty where missing.
        division: String,
        /// The body's code as it stands.
        body: String,
    },
    /// An older provincial shape (`E-000004-001-…`, `1J-5100-00027-…`); the part before the division is the code.
    Old {
        /// The item's own code.
        head: String,
        /// The division, 12 digits; empty where missing.
        division: String,
        /// The body's code as it stands; empty where missing.
        body: String,
    },
    /// Zhejiang: `许可-00757-000`.
    Zhejiang(String),
    /// Beijing, 34 characters: type 2 + main 5 + sub 3 + division 6 + 000000 + organisation 9 + 3.
    Beijing(String),
    /// Beijing's licence directory (电子证照目录实施码), 24 characters that end in organisation 9 + division 6.
    BeijingLicence(String),
    /// The national guide of 2016 (国办函〔2016〕108号): `XK00101000`, 10 characters, alone or at the head of 24 or 26.
    Guide2016(String),
    /// Hubei: division 6 + body 3 + type 2 + number 3 + sub-item 2, written with hyphens.
    Hubei(String),
    /// Gansu: body 10 + type 2 + number 4, written with hyphens.
    Gansu(String),
    /// Supervision directory (监管事项目录编码), 14 digits.
    Supervision(String),
    /// Of no system that is known here.
    Opaque(String),
}

/// What a code says in its parts; `None` for what its system does not carry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodeParts<'a> {
    /// The code of the item itself, whoever handles it.
    pub basic: Option<&'a str>,
    /// Two digits of the province whose directory the item is of; `00` the national one.
    pub region: Option<&'a str>,
    /// The item type in the system's own way: `01`, `1A`, `许可`, `XK`.
    pub item_type: Option<&'a str>,
    /// The guiding department.
    pub department: Option<&'a str>,
    /// The main item (主项).
    pub main: Option<&'a str>,
    /// The sub-item (子项).
    pub sub: Option<&'a str>,
    /// The handling item (业务办理项).
    pub handling: Option<&'a str>,
    /// The material.
    pub material: Option<&'a str>,
    /// The body, in the system's own way: a credit code of 18, an organisation code of 9, an own number.
    pub body: Option<&'a str>,
    /// The level of exercise (行使层级).
    pub level: Option<&'a str>,
    /// The division.
    pub division: Option<&'a str>,
}

impl<'a> CodeParts<'a> {
    /// Basic code: region 2, type 2, department 2, main 3, sub 3.
    fn national(basic: &'a str) -> Self {
        CodeParts {
            basic: Some(basic),
            region: basic.get(..2),
            item_type: basic.get(2..4),
            department: basic.get(4..6),
            main: basic.get(6..9),
            sub: basic.get(9..),
            ..CodeParts::default()
        }
    }

    /// 51, then a digit and a letter or two digits for the type; then 8 as in the national code, or item 5 and handling item 5.
    fn sichuan(head: &'a str) -> Self {
        if head.len() == 12 {
            return CodeParts::national(head);
        }
        CodeParts {
            basic: Some(head),
            region: head.get(..2),
            item_type: head.get(2..4),
            main: head.get(4..9),
            handling: head.get(9..),
            ..CodeParts::default()
        }
    }
}

fn said(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

impl Code {
    /// The name of the system, for reports.
    pub fn system(&self) -> &'static str {
        match self {
            Code::National12(_) => "basic-12",
            Code::Implementation(_) => "implementation-31",
            Code::Handling(_) => "handling-33",
            Code::Material(_) => "material",
            Code::Sichuan { .. } => "sichuan",
            Code::Old { .. } => "provincial-old",
            Code::Zhejiang(_) => "zhejiang",
            Code::Beijing(_) => "beijing-34",
            Code::BeijingLicence(_) => "beijing-licence-24",
            Code::Guide2016(_) => "guide-2016",
            Code::Hubei(_) => "hubei-16",
            Code::Gansu(_) => "gansu",
            Code::Supervision(_) => "supervision-14",
            Code::Opaque(_) => "opaque",
        }
    }

    /// The part that names the item itself, whoever handles it: what identity goes by.
    pub fn basic(&self) -> &str {
        match self {
            Code::Implementation(code) | Code::Handling(code) | Code::Material(code) => &code[19..31],
            Code::National12(code)
            | Code::Zhejiang(code)
            | Code::BeijingLicence(code)
            | Code::Hubei(code)
            | Code::Gansu(code)
            | Code::Supervision(code)
            | Code::Opaque(code) => code,
            Code::Beijing(code) | Code::Guide2016(code) => &code[..10],
            Code::Sichuan { head, .. } | Code::Old { head, .. } => head,
        }
    }

    /// The credit code of the body (实施主体编码) inside, right or wrong, if the system carries one.
    pub fn body(&self) -> Option<&str> {
        match self {
            Code::Implementation(code) | Code::Handling(code) | Code::Material(code) => Some(&code[..18]),
            Code::Sichuan { body, .. } | Code::Old { body, .. } => said(body),
            _ => None,
        }
    }

    /// All that the code says.
    pub fn parts(&self) -> CodeParts<'_> {
        let basic = self.basic();
        match self {
            Code::National12(code) => CodeParts::national(code),
            Code::Implementation(code) | Code::Handling(code) | Code::Material(code) => {
                // 31, 33 = 31 + 2, 34 = 31 + 3, 36 = 33 + 3.
                let item = if matches!(code.len(), 33 | 36) { 33 } else { 31 };
                CodeParts {
                    body: code.get(..18),
                    level: code.get(18..19),
                    handling: code.get(31..item).and_then(said),
                    material: code.get(item..).and_then(said),
                    ..CodeParts::national(basic)
                }
            }
            Code::Sichuan { head, division, body } => CodeParts {
                division: said(division),
                body: said(body),
                ..CodeParts::sichuan(head)
            },
            Code::Old { head, division, body } => {
                let mut pieces = head.split('-');
                let item_type = pieces.next();
                // The figures of 1J-5100-00027 and A-005818-5818 are not explained anywhere.
                let explained = head.len() == 12;
                CodeParts {
                    basic: Some(basic),
                    item_type,
                    main: pieces.next().filter(|_| explained),
                    sub: pieces.next().filter(|_| explained),
                    division: said(division),
                    body: said(body),
                    ..CodeParts::default()
                }
            }
            Code::Zhejiang(code) => {
                let mut pieces = code.split('-');
                CodeParts {
                    basic: Some(basic),
                    item_type: pieces.next(),
                    main: pieces.next(),
                    sub: pieces.next(),
                    handling: pieces.next(),
                    ..CodeParts::default()
                }
            }
            Code::Beijing(code) => CodeParts {
                basic: Some(basic),
                item_type: code.get(..2),
                main: code.get(2..7),
                sub: code.get(7..10),
                division: code.get(10..16),
                body: code.get(22..31),
                ..CodeParts::default()
            },
            Code::BeijingLicence(code) => CodeParts {
                basic: Some(basic),
                body: code.get(9..18),
                division: code.get(18..),
                ..CodeParts::default()
            },
            Code::Guide2016(code) => {
                // How the 24 characters go on is not known.
                let long = code.len() == 26;
                CodeParts {
                    basic: Some(basic),
                    item_type: code.get(..2),
                    main: code.get(2..7),
                    sub: code.get(7..10),
                    level: code.get(10..11).filter(|_| long),
                    division: code.get(11..17).filter(|_| long),
                    body: code.get(17..26).filter(|_| long),
                    ..CodeParts::default()
                }
            }
            Code::Hubei(code) => CodeParts {
                basic: Some(basic),
                division: code.get(..6),
                body: code.get(7..10),
                item_type: code.get(11..13),
                main: code.get(14..17),
                sub: code.get(18..),
                ..CodeParts::default()
            },
            Code::Gansu(code) => CodeParts {
                basic: Some(basic),
                body: code.get(..10),
                item_type: code.get(11..13),
                main: code.get(14..),
                ..CodeParts::default()
            },
            Code::Supervision(code) => CodeParts {
                basic: Some(code),
                ..CodeParts::default()
            },
            Code::Opaque(_) => CodeParts::default(),
        }
    }

    /// The digits of the item type inside, if the system carries them in the national way.
    pub fn type_digits(&self) -> Option<&str> {
        self.is_standard().then(|| self.parts().item_type).flatten()
    }

    /// Whether the item's code is built as GB/T 39554.1-2020 wants it.
    pub fn is_standard(&self) -> bool {
        matches!(
            self,
            Code::National12(_) | Code::Implementation(_) | Code::Handling(_) | Code::Material(_)
        )
    }

    /// Whether the item's code is one of the national directory (it starts with 00).
    pub fn is_national(&self) -> bool {
        self.is_standard() && self.basic().starts_with("00")
    }
}
